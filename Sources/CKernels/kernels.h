// What `kernels.inc` needs of the system, included before any code is meant for some processors only.
#pragma once
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

// Vectors are only handed to functions that become a part of their caller, so how they would be handed is no matter.
#pragma clang diagnostic ignored "-Wpsabi"
