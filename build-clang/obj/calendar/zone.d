build-clang/obj/calendar/zone.o: src/calendar/zone.c src/base/banned.h \
  src/calendar/zone.h src/base/error.h src/calendar/day.h

src/base/banned.h:

src/calendar/zone.h:

src/base/error.h:

src/calendar/day.h:
