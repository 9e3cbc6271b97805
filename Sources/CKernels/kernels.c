// Which kernels this processor can run, and how weights are packed for them.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

extern const ck_kernels ck_baseline;
#if defined(__x86_64__)
extern const ck_kernels ck_avx2, ck_avx512, ck_avx512vnni, ck_avx512bf16;
#endif

static const ck_kernels *levels[5];
static long level_count;

// Before any other code runs, so that nobody can see half of the list.
__attribute__((constructor)) static void look(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi")
    && __builtin_cpu_supports("bmi2");
  bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
    && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  bool vnni = avx512 && __builtin_cpu_supports("avx512vnni");
  if (vnni && __builtin_cpu_supports("avx512bf16")) levels[level_count++] = &ck_avx512bf16;
  if (vnni) levels[level_count++] = &ck_avx512vnni;
  if (avx512) levels[level_count++] = &ck_avx512;
  if (avx2) levels[level_count++] = &ck_avx2;
#endif
  levels[level_count++] = &ck_baseline;
}

long ck_level_count(void) { return level_count; }

const ck_kernels *ck_level(long index) {
  return levels[index < 0 ? 0 : index < level_count ? index : level_count - 1];
}

enum { panel = 16 };

static uint16_t rounded_half(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  if (x != x) return 0x7FC0;
  return (uint16_t)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}

static long panel_bytes(ck_kind kind, long inputs) {
  switch (kind) {
    case ck_float32: return inputs * panel * 4;
    case ck_bfloat16:
    case ck_bfloat16_dot: return (inputs + 1) / 2 * panel * 4;
    case ck_int8: return (inputs + 3) / 4 * panel * 4;
  }
  return 0;
}

// Where a byte of a panel stands.
static long byte_place(long input, long lane) { return (input / 4 * panel + lane) * 4 + input % 4; }

long ck_packed_bytes(ck_kind kind, long inputs, long outputs) {
  return (outputs + panel - 1) / panel * panel_bytes(kind, inputs);
}

void ck_pack(
  ck_kind kind, const float *source, long inputs, long outputs, long input_step, long output_step, long first,
  long count, void *panels, float *scales) {
  for (long p = first; p < first + count; p++) {
    char *target = (char *)panels + p * panel_bytes(kind, inputs);
    long width = outputs - p * panel < panel ? outputs - p * panel : panel;
    if (width < panel) memset(target, 0, (size_t)panel_bytes(kind, inputs));
    for (long lane = 0; lane < width; lane++) {
      const float *from = source + (p * panel + lane) * output_step;
      switch (kind) {
        case ck_float32:
          for (long k = 0; k < inputs; k++) ((float *)target)[k * panel + lane] = from[k * input_step];
          break;
        case ck_bfloat16:
        case ck_bfloat16_dot:
          for (long k = 0; k < inputs; k++)
            ((uint16_t *)target)[(k / 2 * panel + lane) * 2 + k % 2] = rounded_half(from[k * input_step]);
          if (inputs % 2) ((uint16_t *)target)[(inputs / 2 * panel + lane) * 2 + 1] = 0;
          break;
        case ck_int8: {
          float largest = 0;
          for (long k = 0; k < inputs; k++) {
            float size = fabsf(from[k * input_step]);
            // What is no number makes all of the output none.
            if (!(size <= largest)) largest = size;
          }
          float scale = largest / 127;
          scales[p * panel + lane] = scale;
          for (long k = 0; k < inputs; k++) {
            float value = scale > 0 && isfinite(scale) ? rintf(from[k * input_step] / scale) : scale == 0 ? 0 : 1;
            ((uint8_t *)target)[byte_place(k, lane)] = (uint8_t)(value + 128);
          }
          for (long k = inputs; k % 4 != 0; k++) ((uint8_t *)target)[byte_place(k, lane)] = 128;
          break;
        }
      }
    }
  }
}

void ck_unpack(const ck_weights *w, long output, float *row) {
  const char *from = (const char *)w->panels + output / panel * panel_bytes(w->kind, w->inputs);
  long lane = output % panel;
  for (long k = 0; k < w->inputs; k++) {
    switch (w->kind) {
      case ck_float32: row[k] = ((const float *)from)[k * panel + lane]; break;
      case ck_bfloat16:
      case ck_bfloat16_dot: {
        uint32_t bits = (uint32_t)((const uint16_t *)from)[(k / 2 * panel + lane) * 2 + k % 2] << 16;
        memcpy(row + k, &bits, sizeof bits);
        break;
      }
      case ck_int8: row[k] = ((float)((const uint8_t *)from)[byte_place(k, lane)] - 128) * w->scales[output]; break;
    }
  }
}

void *ck_row_memory(long bytes) {
  static _Thread_local struct {
    void *start;
    long count;
  } memory;
  if (memory.count < bytes) {
    free(memory.start);
    memory.count = (bytes + 63) / 64 * 64;
    memory.start = aligned_alloc(64, (size_t)memory.count);
    if (!memory.start) abort();
  }
  return memory.start;
}
