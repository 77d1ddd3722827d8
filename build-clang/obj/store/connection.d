build-clang/obj/store/connection.o: src/store/connection.c \
  src/base/banned.h src/store/store.h src/base/error.h \
  src/calendar/zone.h src/calendar/day.h src/store/rows.h src/base/mem.h \
  src/base/text.h src/store/file.h src/store/guard.h src/store/schema.h \
  src/store/store_internal.h src/store/statement.def

src/base/banned.h:

src/store/store.h:

src/base/error.h:

src/calendar/zone.h:

src/calendar/day.h:

src/store/rows.h:

src/base/mem.h:

src/base/text.h:

src/store/file.h:

src/store/guard.h:

src/store/schema.h:

src/store/store_internal.h:

src/store/statement.def:
