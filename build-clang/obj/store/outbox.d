build-clang/obj/store/outbox.o: src/store/outbox.c src/base/banned.h \
  src/store/store.h src/base/error.h src/calendar/zone.h \
  src/calendar/day.h src/store/rows.h src/store/store_internal.h \
  src/store/statement.def

src/base/banned.h:

src/store/store.h:

src/base/error.h:

src/calendar/zone.h:

src/calendar/day.h:

src/store/rows.h:

src/store/store_internal.h:

src/store/statement.def:
