build-clang/obj/store/file.o: src/store/file.c src/base/banned.h \
  src/store/file.h src/base/error.h src/base/mem.h src/base/text.h

src/base/banned.h:

src/store/file.h:

src/base/error.h:

src/base/mem.h:

src/base/text.h:
