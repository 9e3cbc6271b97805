// What every processor of this kind has.
#include "kernels.h"
#define LEVEL_NAME "baseline"
#if defined(__aarch64__)
#define TILE_ROWS 6
#else
#define TILE_ROWS 2
#endif
#define TILE_PANELS 1
#define HAS_DOT 0
#define HAS_BYTES 0
#define TABLE ck_baseline
#include "kernels.inc"
