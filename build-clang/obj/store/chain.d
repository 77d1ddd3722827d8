build-clang/obj/store/chain.o: src/store/chain.c src/base/banned.h \
  src/store/store_internal.h src/store/store.h src/base/error.h \
  src/calendar/zone.h src/calendar/day.h src/store/rows.h \
  src/store/statement.def

src/base/banned.h:

src/store/store_internal.h:

src/store/store.h:

src/base/error.h:

src/calendar/zone.h:

src/calendar/day.h:

src/store/rows.h:

src/store/statement.def:
