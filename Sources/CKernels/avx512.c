// Sixteen numbers at once.
#if defined(__x86_64__)
#include "kernels.h"
#pragma clang attribute push( \
  __attribute__((target("avx2,fma,bmi,bmi2,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define LEVEL_NAME "AVX-512"
#define TILE_ROWS 12
#define TILE_PANELS 2
#define HAS_DOT 0
#define HAS_BYTES 0
#define TABLE ck_avx512
#include "kernels.inc"
#pragma clang attribute pop
#endif
