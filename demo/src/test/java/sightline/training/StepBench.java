package sightline.training;

import java.util.*;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.*;
import org.bytedeco.pytorch.global.torch;
import sightline.checkpoint.MllamaConfig;
import sightline.image.ImageTiles;
import sightline.tensor.NativeEngine;

public class StepBench {
    public static void main(String[] a) throws Exception {
        NativeEngine.load();
        int workers = Integer.parseInt(a[0]);
        int pics = Integer.parseInt(a[1]);
        MllamaConfig c = DemoSizes.config(744, 744);
        Parameters p = new Parameters(c.weights());
        System.out.println(p.size());
        Initial.fill(p, 1);
        Optimiser opt = new Optimiser(p);
        List<Thread> ts = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            int ww = w;
            Thread t = new Thread(() -> {
                torch.set_num_threads(1);
                Context.setFlushDenormal(true);
                Replica r = new Replica(p);
                Random rnd = new Random(ww);
                for (int it = 0; it < 8; it++) {
                    long t0 = System.nanoTime();
                    long t1, t2, t3, t4;
                    try (PointerScope s = new PointerScope()) {
                        List<ImageTiles> pictures = new ArrayList<>();
                        List<PackedSequence> seqs = new ArrayList<>();
                        for (int i = 0; i < pics; i++) {
                            pictures.add(new ImageTiles(48, 1, 2, 2, 4, new float[4 * 3 * 48 * 48]));
                            List<PackedSequence.Whole> q = new ArrayList<>();
                            for (int b = 0; b < 6; b++) {
                                int[] pr = new int[85];
                                pr[4] = 744;
                                for (int k = 62; k < 85; k++) pr[k] = rnd.nextInt(744);
                                pr[62] = b;
                                q.add(new PackedSequence.Whole(pr, new int[] {5, 6, 7}));
                            }
                            seqs.add(PackedSequence.of(q, 744));
                        }
                        PictureBatch pb = PictureBatch.of(pictures, c.vision());
                        TextBatch tb = TextBatch.of(seqs, pb.tiles(), Collections.nCopies(pics, CutPlan.NONE), c);
                        t1 = System.nanoTime();
                        Tensor mem = new VisionTwin(c.vision()).apply(r, pb);
                        TextTwin twin = new TextTwin(c.text());
                        Tensor h = twin.apply(r, tb, mem);
                        Tensor l = Maths.crossEntropySum(
                                twin.logits(r, torch.index_select(h, 0, sightline.tensor.Arrays.indices(tb.answerRows()))),
                                sightline.tensor.Arrays.indices(tb.targets()));
                        t2 = System.nanoTime();
                        l.backward();
                        t3 = System.nanoTime();
                        opt.muon(r.gradient(), new Optimiser.Rates(0.001, 0.001, 1), ww, workers);
                        t4 = System.nanoTime();
                        if (ww == 0) System.out.printf("rows %d make %d fwd %d bwd %d muon %d ms loss %f%n", tb.rows(), (t1 - t0) / 1000000, (t2 - t1) / 1000000, (t3 - t2) / 1000000, (t4 - t3) / 1000000, l.item_float());
                    }
                }
            });
            t.start();
            ts.add(t);
        }
        for (Thread t : ts) t.join();
    }
}
