build-clang/obj/base/diag.o: src/base/diag.c src/base/banned.h \
  src/base/diag.h src/base/arena.h src/base/mem.h

src/base/banned.h:

src/base/diag.h:

src/base/arena.h:

src/base/mem.h:
