// Eight numbers at once, and products added in one step.
#if defined(__x86_64__)
#include "kernels.h"
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#define LEVEL_NAME "AVX2"
#define TILE_ROWS 6
#define TILE_PANELS 1
#define HAS_DOT 0
#define HAS_BYTES 0
#define TABLE ck_avx2
#include "kernels.inc"
#pragma clang attribute pop
#endif
