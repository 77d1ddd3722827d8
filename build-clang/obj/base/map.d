build-clang/obj/base/map.o: src/base/map.c src/base/banned.h \
  src/base/map.h src/base/mem.h

src/base/banned.h:

src/base/map.h:

src/base/mem.h:
