build-clang/obj/store/schema.o: src/store/schema.c src/base/banned.h \
  src/store/schema.h

src/base/banned.h:

src/store/schema.h:
