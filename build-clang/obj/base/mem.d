build-clang/obj/base/mem.o: src/base/mem.c src/base/banned.h \
  src/base/mem.h

src/base/banned.h:

src/base/mem.h:
