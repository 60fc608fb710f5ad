package sightline.answering;

import java.util.Map;

/**
 * What one call has done.
 *
 * @param questions that were to be answered
 * @param before how many of them were answered before
 * @param answered how many were answered now
 * @param failed those that could not be, by id, with the reason
 * @param stopped whether it was stopped before its end; the file of answers is then not written yet
 */
public record AnswerReport(int questions, int before, int answered, Map<Long, String> failed, boolean stopped) {}
