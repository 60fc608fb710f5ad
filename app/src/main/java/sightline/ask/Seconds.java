package sightline.ask;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How long each step took, in seconds.
 *
 * @param load reading the checkpoint
 * @param vision reading the picture and running the vision tower
 * @param prompt encoding the prompt and answering
 * @param sweep all passes under knockout, the baseline included
 */
@JsonPropertyOrder({"load", "vision", "prompt", "sweep"})
public record Seconds(double load, double vision, double prompt, double sweep) {}
