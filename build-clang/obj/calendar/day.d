build-clang/obj/calendar/day.o: src/calendar/day.c src/base/banned.h \
  src/calendar/day.h src/base/limits.h

src/base/banned.h:

src/calendar/day.h:

src/base/limits.h:
