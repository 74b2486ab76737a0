package dev.tryon.server;

/** What a subject may do here. */
enum Role {
    /** Whatever concerns itself. */
    USER,
    /** Besides that, look after the server and everybody's things. */
    ADMIN
}
