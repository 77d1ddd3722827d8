build-clang/obj/base/text.o: src/base/text.c src/base/banned.h \
  src/base/text.h src/base/mem.h

src/base/banned.h:

src/base/text.h:

src/base/mem.h:
