build-clang/obj/store/statement.o: src/store/statement.c \
  src/base/banned.h src/store/store_internal.h src/store/store.h \
  src/base/error.h src/calendar/zone.h src/calendar/day.h \
  src/store/rows.h src/store/statement.def src/base/mem.h

src/base/banned.h:

src/store/store_internal.h:

src/store/store.h:

src/base/error.h:

src/calendar/zone.h:

src/calendar/day.h:

src/store/rows.h:

src/store/statement.def:

src/base/mem.h:
