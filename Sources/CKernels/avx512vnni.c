// Sixteen numbers at once, and bytes.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"
#pragma clang attribute push( \
  __attribute__((target("avx2,fma,bmi,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define LEVEL_NAME "AVX-512 with bytes"
#define TILE_ROWS 12
#define TILE_PANELS 2
#define HAS_DOT 0
#define HAS_BYTES 1
#define TABLE ck_avx512vnni
#include "kernels.inc"
#pragma clang attribute pop
#endif
