package dev.tryon.server;

/** What kind of caller it is: how much it may ask depends on that. */
enum CallerClass {
    /** A person, with our page or another: a guest, or somebody who has signed in. */
    PAGE,
    /** A program of somebody else, on behalf of many. */
    CLIENT
}
