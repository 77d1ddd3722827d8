build-clang/obj/store/rows.o: src/store/rows.c src/base/banned.h \
  src/store/rows.h src/calendar/day.h src/calendar/zone.h \
  src/base/error.h src/store/store_internal.h src/store/store.h \
  src/store/statement.def

src/base/banned.h:

src/store/rows.h:

src/calendar/day.h:

src/calendar/zone.h:

src/base/error.h:

src/store/store_internal.h:

src/store/store.h:

src/store/statement.def:
