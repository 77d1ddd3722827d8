#include "cli/looking.h"

bool look_at_case(const Invocation *call, LookAt look, Error *err)
{
    Engine *engine = session_open(call, SESSION_READ, err);
    if (!engine)
        return false;
    CaseView view = {0};
    Text text = {0};
    bool done =
        engine_view(engine, call->arguments[0], &view, err) && look(call, &view, &text, err);
    if (done)
        print_text(call, &text);
    text_clear(&text);
    view_clear(&view);
    engine_close(engine);
    return done;
}
