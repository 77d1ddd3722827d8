build-clang/obj/api/verify.o: src/api/verify.c src/base/banned.h \
  src/api/case.h src/api/bind.h src/api/engine_internal.h \
  src/api/engine.h src/api/casewright.h src/base/error.h \
  src/lang/bundle.h src/base/arena.h src/base/diag.h src/base/text.h \
  src/lang/ast.h src/calendar/calendar.h src/calendar/day.h \
  src/calendar/limit.h src/calendar/zone.h src/render/view.h src/vm/vm.h \
  src/bytecode/program.h src/bytecode/opcode.def src/vm/refusal.def \
  src/base/map.h src/store/store.h src/store/rows.h src/vm/fold.h \
  src/base/mem.h

src/base/banned.h:

src/api/case.h:

src/api/bind.h:

src/api/engine_internal.h:

src/api/engine.h:

src/api/casewright.h:

src/base/error.h:

src/lang/bundle.h:

src/base/arena.h:

src/base/diag.h:

src/base/text.h:

src/lang/ast.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/render/view.h:

src/vm/vm.h:

src/bytecode/program.h:

src/bytecode/opcode.def:

src/vm/refusal.def:

src/base/map.h:

src/store/store.h:

src/store/rows.h:

src/vm/fold.h:

src/base/mem.h:
