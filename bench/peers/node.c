/* SPDX-License-Identifier: MIT */

/* The benchmarks as an addon, in a process of node: what Node's Buffer does (node.mjs), and the
 * simdutf that node exports, in turns with this library. run(codecs, quick) measures everything;
 * `codecs` maps an operation to a function of (from, to, size) that returns { run, show }. */
#include "peers/peers.h"

#define NAPI_VERSION 8
#include <node_api.h>
#include <string.h>

static napi_env environment;
static napi_value makers;

/* What is between begin and end of one job. */
struct work {
    napi_value run, show;
};

static void need(napi_status status)
{
    fcb_require(status == napi_ok, "node has thrown");
}

static napi_value property(napi_value object, const char *name)
{
    napi_value value = NULL;
    need(napi_get_named_property(environment, object, name, &value));
    return value;
}

static napi_value bytes_of(const uint8_t *bytes, size_t size)
{
    napi_value value = NULL;
    void *address;
    memcpy(&address, &bytes, sizeof address);
    if (size == 0) {
        need(napi_get_null(environment, &value));
        return value;
    }
    need(napi_create_external_buffer(environment, size, address, NULL, NULL, &value));
    return value;
}

static napi_value number(double value)
{
    napi_value result = NULL;
    need(napi_create_double(environment, value, &result));
    return result;
}

static napi_value call(napi_value function, size_t count, const napi_value *arguments)
{
    napi_value undefined = NULL, result = NULL;
    need(napi_get_undefined(environment, &undefined));
    need(napi_call_function(environment, undefined, function, count, arguments, &result));
    return result;
}

static void begin(struct fcb_job *job, const char *op)
{
    static struct work work; /* one job at a time */
    napi_value from = bytes_of(job->from, job->from != NULL ? job->size : 0);
    napi_value arguments[] = { from, bytes_of(job->to, job->room), number((double)job->size) };
    napi_value pair = call(property(makers, op), FCB_COUNT(arguments), arguments);
    work = (struct work){ property(pair, "run"), property(pair, "show") };
    job->object = &work;
}

static void run(void *context, size_t times)
{
    const struct work *work = ((struct fcb_job *)context)->object;
    napi_handle_scope scope;
    (void)napi_open_handle_scope(environment, &scope);
    napi_value arguments[] = { number((double)times) };
    (void)call(work->run, FCB_COUNT(arguments), arguments);
    (void)napi_close_handle_scope(environment, scope);
}

static void show(struct fcb_job *job)
{
    const struct work *work = job->object;
    double made = 0;
    need(napi_get_value_double(environment, call(work->show, 0, NULL), &made));
    job->made = (size_t)made;
}

#define EACH_OP(X)                                                                                 \
    X(alloc_release, "alloc+release")                                                              \
    X(slice_release, "slice+release")                                                              \
    X(clone, "clone")                                                                              \
    X(base64_encode, "base64_encode")                                                              \
    X(base64url_encode, "base64url_encode")                                                        \
    X(base64_decode, "base64_decode")                                                              \
    X(base64_decode_lines, "base64_decode_lines")                                                  \
    X(hex_encode, "hex_encode")                                                                    \
    X(hex_decode, "hex_decode")                                                                    \
    X(utf8_validate, "utf8_validate")                                                              \
    X(utf8_to_utf16, "utf8_to_utf16")                                                              \
    X(utf16_to_utf8, "utf16_to_utf8")                                                              \
    X(latin1_to_utf8, "latin1_to_utf8")

#define BEGIN(name, op)                                                                            \
    static void name##_begin(struct fcb_job *job)                                                  \
    {                                                                                              \
        begin(job, op);                                                                            \
    }
EACH_OP(BEGIN)

#define OFFER(name, op_name) { .op = op_name, .run = run, .begin = name##_begin, .show = show },

static const struct fcb_offer offers[] = { EACH_OP(OFFER){ .op = NULL } };

const struct fcb_library fcb_library_node = { .name = "node", .offers = offers };

static napi_value measure(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    size_t count = 2;
    bool quick = false;
    environment = env;
    need(napi_get_cb_info(env, info, &count, arguments, NULL, NULL));
    makers = arguments[0];
    need(napi_get_value_bool(env, arguments[1], &quick));
    fcb_begin(quick);
    fcb_libraries_begin();
    fcb_peers("peers_node");
    fcb_codecs("codecs_node");
    return NULL;
}

/* What the macro defines beside the function that it begins; node's header does not declare it. */
NAPI_MODULE_EXPORT int32_t NODE_API_MODULE_GET_API_VERSION(void);

NAPI_MODULE_INIT()
{
    napi_value function = NULL;
    need(napi_create_function(env, "run", NAPI_AUTO_LENGTH, measure, NULL, &function));
    need(napi_set_named_property(env, exports, "run", function));
    return exports;
}
