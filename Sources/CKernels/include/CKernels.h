// The inner loops of inference, compiled once for each set of instructions a processor may have.
//
// Every function gets plain pointers and extents, touches nothing else, and computes each number in an order that depends
// on its inputs alone: not on the rows computed beside it, nor on how work is shared among threads.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// How the weights of a product are kept. All lie in panels of 16 outputs, one panel after the other.
typedef enum ck_kind {
  ck_float32,      // a panel is 16 numbers for each input
  ck_bfloat16,     // pairs of inputs beside each other, widened as they are read: rows stay single precision
  ck_bfloat16_dot, // the same bytes; rows are rounded to bfloat16, and sums are single precision
  ck_int8,         // four inputs beside each other, 128 added to each; rows are brought to eight bits too
} ck_kind;

typedef struct ck_weights {
  const void *panels;
  const float *scales; // for ck_int8, one for each output
  const float *bias;   // or null
  long inputs, outputs;
  ck_kind kind;
} ck_weights;

// The non-linear functions.
typedef enum ck_function { ck_silu, ck_quick_gelu, ck_gelu_tanh, ck_gelu, ck_relu } ck_function;

typedef struct ck_attention {
  const float *query; // (rows, heads * head_size)
  float *out;
  const void *keys, *values; // (key_heads, places, head_size)
  long head_step;            // numbers from one head of keys to the next
  bool is_half;              // keys and values are bfloat16, and so are the products of pairs; where `has_dot` says so
  long heads, key_heads, head_size;
  float scale;
  float cap;           // 0: none
  long window;         // 0: none
  const float *slopes; // for each head, or null
} ck_attention;

// Some rows of one sequence and one head of keys.
typedef struct ck_queries {
  long first_row, rows;
  const long *ranges; // starts and lengths of the places looked at, in the order of positions
  long range_count;
  long first_position; // of the first key
  long certain;        // how many keys the first row sees besides its own
  long key_head;
  bool is_alone; // one row, for which keys and values are read where they lie; rounded otherwise than among others
} ck_queries;

// What some logits say.
typedef struct ck_summary {
  double sum; // of exp(logit - top)
  float top;
  int32_t best; // the first with the highest logit
} ck_summary;

// A logit that is asked for.
typedef struct ck_question {
  int32_t row, target;
} ck_question;

typedef struct ck_kernels {
  const char *name;
  long tile_rows; // rows that are computed together
  bool has_dot;   // whether it multiplies pairs of bfloat16
  bool has_bytes; // whether it multiplies bytes

  // As `ck_pack` below, and faster where weights lie as `Linear` of PyTorch has them.
  void (*pack)(
    ck_kind, const float *source, long inputs, long outputs, long input_step, long output_step, long first, long count,
    void *panels, float *scales);
  // Bytes of a row as products of a kind read it; 0 where they read the numbers as they are, one after the other.
  long (*row_bytes)(ck_kind, long inputs);
  // Brings rows into that form, which may be the numbers as they are. x: (rows, inputs)
  void (*prepare)(ck_kind, const float *x, long rows, long inputs, void *prepared);

  // Rows times the panels from `first` on, as many as `count`; added to what is there, or in its place.
  // c: (rows, stride of all outputs)
  void (*product)(
    const ck_weights *, const void *prepared, long rows, long first, long count, bool adds, float *c, long stride);
  // The same through a function: f(up · x), or with a gate f(gate · x) · (up · x), in the form in which the next product
  // reads rows, if that is not bytes; `step` bytes from one row to the next.
  void (*inner)(
    const ck_weights *up, const ck_weights *gate, const void *prepared, long rows, long first, long count, ck_function,
    ck_kind next, void *target, long step);
  // The same without keeping the logits: sums them up for each row, and gives those asked, which are sorted by row.
  void (*score)(
    const ck_weights *, const void *prepared, long rows, long first, long count, float cap, const ck_question *asked,
    long asked_count, ck_summary *summaries, float *logits);
  void (*summary)(const float *x, long count, ck_summary *);
  void (*attend)(const ck_attention *, const ck_queries *);
  // y = x brought to a common size, times weight, plus bias, in the form in which products of a kind read rows; x and y may
  // be the same where that is the numbers as they are. Without a mean it is the RMS norm.
  void (*norm)(
    ck_kind, const float *x, void *y, long rows, long width, const float *weight, const float *bias, float epsilon,
    bool has_mean);
  void (*add)(float *x, const float *y, long count);
  // To bfloat16, ties to even.
  void (*halve)(const float *x, uint16_t *y, long count);
  void (*scale)(float *x, float factor, long count);
  void (*cap)(float *x, float cap, long count);
  // Turns the pairs of one row's heads.
  void (*rotate)(
    float *x, long columns, long head_size, long pairs, bool neighbours, const float *cosines, const float *sines);
} ck_kernels;

// The sets of instructions that this processor has, the best first; the last is always there.
long ck_level_count(void);
const ck_kernels *ck_level(long);

// Bytes that packed weights take.
long ck_packed_bytes(ck_kind, long inputs, long outputs);
// Packs the panels from `first` on. The weight of an input and an output stands at
// `source[input * input_step + output * output_step]`.
void ck_pack(
  ck_kind, const float *source, long inputs, long outputs, long input_step, long output_step, long first, long count,
  void *panels, float *scales);
// One row of the weights again, for all inputs: the row of a table that is also an output layer.
void ck_unpack(const ck_weights *, long output, float *row);

// Memory of the calling thread for rows that are prepared, valid until it asks again.
void *ck_row_memory(long bytes);

// How many threads share work, the calling one included.
long ck_thread_count(void);
// Calls the body once for each number below `count`, on all threads; on this one alone while another caller has them.
void ck_parallel(long count, void (*body)(void *context, long index), void *context);
