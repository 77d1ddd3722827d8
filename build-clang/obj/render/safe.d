build-clang/obj/render/safe.o: src/render/safe.c src/base/banned.h \
  src/render/safe.h src/base/text.h

src/base/banned.h:

src/render/safe.h:

src/base/text.h:
