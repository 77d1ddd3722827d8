build-clang/obj/store/guard.o: src/store/guard.c src/base/banned.h \
  src/store/guard.h

src/base/banned.h:

src/store/guard.h:
