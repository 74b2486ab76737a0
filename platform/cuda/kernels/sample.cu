// Parts of frames read into a batch: crop, turn, resize, average, blue-green-red to planes of red, green and blue, 0..1,
// in one pass. A thread a pixel of an item, a block layer (z) an item.
//
// Its twin on the CPU is dev.tryon.vision.Sampling.fill, which is OpenCV's warpAffine, its area resize and a conversion to
// float. The arithmetic is OpenCV's own: positions in 1/1024 of a pixel, cut to 1/32 (INTER_BITS); bilinear weights whose
// product is 1024; every sample rounded to a byte, then their mean rounded to a byte. Doubles are multiplied and added with
// explicit rounding, so that no compiler fuses them. Results are therefore equal, not close.

struct Item {
    const unsigned char *pixels; // BGR, 8 bit, rows from the top
    int width;
    int height;
    int strideBytes;
    int samples; // a side of the square of samples that one pixel is the mean of, 1..4
    // Frame point of sample (column, row): x + column * xByColumn + row * xByRow, y likewise.
    double xByColumn, xByRow, x;
    double yByColumn, yByRow, y;
};

__device__ __forceinline__ int fixed(double position) {
    return __double2int_rn(__dmul_rn(position, 1024.0));
}

__device__ __forceinline__ int within(int value, int most) {
    return min(max(value, 0), most);
}

__device__ __forceinline__ int mean(int sum, int samples) {
    if (samples == 1) {
        return sum;
    }
    if (samples == 2) {
        return (sum + 2) >> 2; // OpenCV's halving rounds up, its other factors to even
    }
    return __float2int_rn(__fmul_rn((float)sum, samples == 3 ? 1.0f / 9.0f : 1.0f / 16.0f));
}

// batch: float32[items][3][height][width]
extern "C" __global__ void sample(const Item *__restrict__ items, float *__restrict__ batch, long long width, long long height) {
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    const int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (column >= width || row >= height) {
        return;
    }
    const Item *item = items + blockIdx.z;
    const unsigned char *pixels = item->pixels;
    const int right = item->width - 1;
    const int bottom = item->height - 1;
    const int stride = item->strideBytes;
    const int samples = item->samples;
    int blue = 0;
    int green = 0;
    int red = 0;
    for (int j = 0; j < samples; j++) {
        const double down = row * samples + j;
        const int rowX = fixed(__dadd_rn(__dmul_rn(item->xByRow, down), item->x)) + 16;
        const int rowY = fixed(__dadd_rn(__dmul_rn(item->yByRow, down), item->y)) + 16;
        for (int i = 0; i < samples; i++) {
            const double across = column * samples + i;
            const int x = (rowX + fixed(__dmul_rn(item->xByColumn, across))) >> 5;
            const int y = (rowY + fixed(__dmul_rn(item->yByColumn, across))) >> 5;
            const int x0 = 3 * within(x >> 5, right);
            const int x1 = 3 * within((x >> 5) + 1, right);
            const unsigned char *upper = pixels + (long long)within(y >> 5, bottom) * stride;
            const unsigned char *lower = pixels + (long long)within((y >> 5) + 1, bottom) * stride;
            const int s = x & 31;
            const int t = y & 31;
            const int a = (32 - s) * (32 - t);
            const int b = s * (32 - t);
            const int c = (32 - s) * t;
            const int d = s * t;
            blue += (a * upper[x0] + b * upper[x1] + c * lower[x0] + d * lower[x1] + 512) >> 10;
            green += (a * upper[x0 + 1] + b * upper[x1 + 1] + c * lower[x0 + 1] + d * lower[x1 + 1] + 512) >> 10;
            red += (a * upper[x0 + 2] + b * upper[x1 + 2] + c * lower[x0 + 2] + d * lower[x1 + 2] + 512) >> 10;
        }
    }
    const long long plane = width * height;
    float *out = batch + 3 * plane * blockIdx.z + row * width + column;
    const float unit = 1.0 / 255;
    out[0] = __fmul_rn((float)mean(red, samples), unit);
    out[plane] = __fmul_rn((float)mean(green, samples), unit);
    out[2 * plane] = __fmul_rn((float)mean(blue, samples), unit);
}
