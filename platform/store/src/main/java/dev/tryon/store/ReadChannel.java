package dev.tryon.store;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file opened for reading. */
interface ReadChannel extends SeekableByteChannel {
    @Override
    default int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    default SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }
}
