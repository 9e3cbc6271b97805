// Sixteen numbers at once, pairs of bfloat16, and bytes.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"
#pragma clang attribute push( \
  __attribute__((target("avx2,fma,bmi,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512bf16"))), \
  apply_to = function)
#define LEVEL_NAME "AVX-512 with bfloat16"
#define TILE_ROWS 12
#define TILE_PANELS 2
#define HAS_DOT 1
#define HAS_BYTES 1
#define TABLE ck_avx512bf16
#include "kernels.inc"
#pragma clang attribute pop
#endif
