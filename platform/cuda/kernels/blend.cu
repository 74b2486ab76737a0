// A picture laid over another through a mask, mixed in linear light as light adds up, in one pass. A thread a pixel.
//
// Its twin on the CPU is dev.tryon.vision.Blending.mix. Both read the same tables, which the host uploads, and round every
// operation by itself, so that results are equal, not close.

// Tables, one after the other: linear light of each stored level, the share that each mask value stands for, and the stored
// level of each of 4096 steps of linear light, with two more entries to interpolate towards.
#define SHARES 256
#define LEVELS 512
#define STEPS 4096

__device__ __forceinline__ unsigned char mixed(unsigned char below, unsigned char above, float share, const float *tables) {
    const float light = __fadd_rn(tables[below], __fmul_rn(share, __fsub_rn(tables[above], tables[below])));
    if (!(light > 0.0f)) {
        return 0;
    }
    if (light >= 1.0f) {
        return 255;
    }
    const float place = __fmul_rn(light, (float)STEPS);
    const int step = __float2int_rz(place);
    const float low = tables[LEVELS + step];
    const float rise = __fsub_rn(tables[LEVELS + step + 1], low);
    const float level = __fadd_rn(low, __fmul_rn(__fsub_rn(place, (float)step), rise));
    return (unsigned char)__float2int_rz(__fadd_rn(level, 0.5f));
}

extern "C" __global__ void blend(
        unsigned char *__restrict__ onto,
        const unsigned char *__restrict__ above,
        const unsigned char *__restrict__ mask,
        const float *__restrict__ tables,
        long long width,
        long long height,
        long long ontoStride,
        long long aboveStride) {
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    const int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (column >= width || row >= height) {
        return;
    }
    const int covered = mask[row * width + column];
    if (covered == 0) {
        return;
    }
    const float share = tables[SHARES + covered];
    unsigned char *to = onto + row * ontoStride + 3 * column;
    const unsigned char *from = above + row * aboveStride + 3 * column;
    to[0] = mixed(to[0], from[0], share, tables);
    to[1] = mixed(to[1], from[1], share, tables);
    to[2] = mixed(to[2], from[2], share, tables);
}
