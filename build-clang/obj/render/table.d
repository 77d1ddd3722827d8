build-clang/obj/render/table.o: src/render/table.c src/base/banned.h \
  src/render/table.h src/base/text.h src/base/mem.h src/render/safe.h

src/base/banned.h:

src/render/table.h:

src/base/text.h:

src/base/mem.h:

src/render/safe.h:
