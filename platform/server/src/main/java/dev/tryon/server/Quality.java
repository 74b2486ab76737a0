package dev.tryon.server;

/** How much a client is asked to send: a size and a rate. */
enum Quality {
    /** For slow machines and networks. */
    LOW(480, 360, 15),
    /** For most. */
    BALANCED(640, 480, 25),
    /** For fast ones. */
    HIGH(1280, 720, 30);

    private final int widthPixels;
    private final int heightPixels;
    private final int framesPerSecond;

    Quality(int widthPixels, int heightPixels, int framesPerSecond) {
        this.widthPixels = widthPixels;
        this.heightPixels = heightPixels;
        this.framesPerSecond = framesPerSecond;
    }

    int widthPixels() {
        return widthPixels;
    }

    int heightPixels() {
        return heightPixels;
    }

    int framesPerSecond() {
        return framesPerSecond;
    }
}
