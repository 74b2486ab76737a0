package dev.tryon.nails;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What frames are worked on with, lent from frame to frame: about two megabytes of tensors and canvases, needed only while
 * a frame is in work, so there are as many sets as frames in work at a time and not as many as sessions.
 *
 * <p>Thread-safe.
 */
final class Toolbox {
    private final Networks networks;
    private final ConcurrentLinkedDeque<Tools> idle = new ConcurrentLinkedDeque<>();

    Toolbox(Networks networks) {
        this.networks = networks;
    }

    /** One set, for one thread at a time; what it knows of the frame before is nobody's business. */
    record Tools(NailSearch search, NailRefiner refiner, NailPainter painter) {}

    /** Lends the set that was used last, whose memory is still in the caches. */
    Tools take() {
        var tools = idle.pollFirst();
        return tools != null
                ? tools
                : new Tools(new NailSearch(networks), new NailRefiner(networks.refiner()), new NailPainter());
    }

    /** Takes a set back. */
    void giveBack(Tools tools) {
        idle.addFirst(tools);
    }
}
