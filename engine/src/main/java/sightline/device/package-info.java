/**
 * Whether a graphics card can be used: its driver, NVIDIA's libraries, the engine's CUDA half. Linux only.
 *
 * <p>What is looked at before anything is loaded is pure Java over folders, and tested on made-up ones. Whether a card
 * can be used is never decided by that: the engine is asked, and what was looked at explains its refusal.
 */
package sightline.device;
