package sightline.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one call has done for a run.
 *
 * @param samples the samples that this call was asked for
 * @param before how many of them were finished before
 * @param traced how many were traced now
 * @param failed those that could not be, by id, with the reason
 * @param stopped whether it was stopped before its end
 * @param missing samples of the whole run, all shards, that were not tried yet
 * @param neverCut pathways that had nothing to cut in any sample traced now
 * @param verified how many samples were traced a second time with the naive sweep
 * @param largestDifference between the two, relative
 * @param unmeasured finished samples of the run that an earlier version traced: of those there are probabilities alone
 * @param withoutFoil finished samples of the run to which its foils do not apply; 0 if it names none
 * @param withoutRegion samples traced now whose page does not say the answer, where its place is asked for
 * @param results the table of all results; empty while samples are missing
 * @param published folders with results in the published form, if asked for
 */
public record RunReport(
        int samples,
        int before,
        int traced,
        Map<Long, String> failed,
        boolean stopped,
        int missing,
        List<String> neverCut,
        int verified,
        double largestDifference,
        int unmeasured,
        int withoutFoil,
        int withoutRegion,
        Optional<Path> results,
        List<Path> published) {}
