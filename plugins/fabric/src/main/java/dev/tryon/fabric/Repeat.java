package dev.tryon.fabric;

/**
 * How a cloth repeats, in shares of the swatch's width and height.
 *
 * @param across a way to the right, of whole periods, by which the cloth falls onto itself
 * @param down such a way downwards
 * @param period the shortest such way
 * @param strength how well it falls onto itself, 0..1
 * @param closure how well it would if moved by its whole width and height, as a share of that
 */
record Repeat(Spot across, Spot down, Spot period, double strength, double closure) {}
