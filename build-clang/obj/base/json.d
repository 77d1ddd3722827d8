build-clang/obj/base/json.o: src/base/json.c src/base/banned.h \
  src/base/json.h src/base/text.h

src/base/banned.h:

src/base/json.h:

src/base/text.h:
