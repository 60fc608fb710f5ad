package sightline.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import sightline.error.InputException;

/**
 * From a prompt to token ids with roles: a system message or none, one user turn, the picture before the text, and the header
 * of the answer.
 *
 * <p>Where the user's text lies in the rendered prompt is found by rendering a stand-in once and taking what comes before
 * and after it; nothing is searched for by its words, so a question may repeat the template or the instruction. May be
 * used by several threads; does not own the tokeniser.
 */
public final class PromptEncoder {
    private static final String STAND_IN = "sightline-stand-in-for-the-text";

    private static final String SYSTEM = "--system";

    private final ChatTemplate template;
    private final LlamaTokenizer tokenizer;
    private final int imageTokenId;
    private final PromptRules rules;
    private final Optional<String> system;
    private final String begin;
    private final String image;
    private final boolean addsBegin;
    private final String before;
    private final String after;

    /**
     * @param template the checkpoint's chat template
     * @param tokenizer the checkpoint's tokeniser
     * @param imageTokenId the image token, {@code image_token_index} of {@code config.json}
     * @param rules the family's
     * @param system what a system message before the user's turn says
     * @throws InputException if the checkpoint names no begin token or another image token than its configuration; if the
     *     template leaves a text out or repeats the user's, or does not write one image token before it; if the system
     *     message holds a special token or nothing to read
     */
    public PromptEncoder(
            ChatTemplate template,
            LlamaTokenizer tokenizer,
            int imageTokenId,
            PromptRules rules,
            Optional<String> system) {
        this.template = template;
        this.tokenizer = tokenizer;
        this.imageTokenId = imageTokenId;
        this.rules = rules;
        this.system = system;
        this.begin = tokenizer.requireBeginToken();
        this.image = tokenizer.requireImageToken(imageTokenId, rules.image());
        system.ifPresent(text -> {
            UserText.requireReadable(SYSTEM, text);
            refuseSpecials(SYSTEM, text);
        });
        PromptText stood = render(STAND_IN);
        addsBegin = rules.encodesBegin() ? tokenizer.addsSpecials() : stood.isBegun();
        int at = stood.text().indexOf(STAND_IN);
        if (at < 0 || at != stood.text().lastIndexOf(STAND_IN)) {
            throw unusable(at < 0 ? "leaves the user's text out" : "writes the user's text more than once");
        }
        this.before = stood.text().substring(0, at);
        this.after = stood.text().substring(at + STAND_IN.length());
        int images = images(tokenizer.encode(before).ids());
        if (images != 1 || images(tokenizer.encode(after).ids()) != 0) {
            throw unusable("writes " + images + " image tokens (id " + imageTokenId + ") before the user's text");
        }
        if (system.isPresent() && !before.contains(PythonText.strip(system.get()))) {
            throw unusable("leaves the system message out");
        }
    }

    /**
     * Reads a checkpoint's chat template and tokeniser.
     *
     * @param given in place of the checkpoint's template
     * @return its {@link #tokenizer()} is the caller's to close
     * @throws InputException if a file is missing, or as above
     */
    public static PromptEncoder load(
            Path checkpoint, Optional<Path> given, int imageTokenId, PromptRules rules, Optional<String> system) {
        ChatTemplate template = ChatTemplate.load(checkpoint, given);
        LlamaTokenizer tokenizer = LlamaTokenizer.load(checkpoint);
        try {
            return new PromptEncoder(template, tokenizer, imageTokenId, rules, system);
        } catch (RuntimeException | Error e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The tokeniser that it was made with. */
    public LlamaTokenizer tokenizer() {
        return tokenizer;
    }

    /** The begin token, if it is put in front because the template does not write it. */
    public Optional<String> addedBeginToken() {
        return addsBegin ? Optional.of(begin) : Optional.empty();
    }

    /** The same as below, of words given as options and a picture that one token stands for. */
    public EncodedPrompt encode(Prompt prompt) {
        return encode(prompt, WordPlaces.OPTIONS, 1);
    }

    /**
     * Encodes a prompt.
     *
     * <p>Roles: image tokens are {@link TokenRole#IMAGE}. Any other token has the role of the span that most of its
     * code points lie in; if two spans share it equally, that of the later; but see {@link PromptRules#wholeQuestion}. A
     * space that the tokeniser's offsets leave out counts for the token that it leads.
     *
     * @param places where the words come from, for errors
     * @param images how many image tokens stand for the picture, in place of the one that the template writes
     * @throws InputException if the text holds a special token, is not Unicode, or the template changes it
     */
    public EncodedPrompt encode(Prompt prompt, WordPlaces places, int images) {
        Objects.requireNonNull(prompt, "prompt");
        UserText.requireReadable(places.question(), prompt.text());
        refuseSpecials(prompt, places);
        PromptText rendered = render(prompt.text());
        String more = image.repeat(images - 1);
        List<Span> spans = place(prompt, rendered.text(), more.codePointCount(0, more.length()));
        String text = new StringBuilder(rendered.text())
                .insert(before.indexOf(image), more)
                .toString();
        Encoding encoding = rules.encodesBegin() ? tokenizer.encodeWithSpecials(text) : tokenizer.encode(text);
        tokenizer.requireRoom(encoding.size());
        int found = images(encoding.ids());
        if (found != images) { // a token's flags may make it one only beside some characters
            throw unusable("and this text together make " + found + " image tokens (id " + imageTokenId + ")");
        }
        int length = text.codePointCount(0, text.length());
        TokenRole[] roles = RoleVote.assign(RoleVote.paint(length, spans), encoding, rules.wholeQuestion());
        for (int i = 0; i < roles.length; i++) {
            roles[i] = encoding.ids()[i] == imageTokenId ? TokenRole.IMAGE : roles[i];
        }
        return new EncodedPrompt(rendered.rendered(), encoding.ids(), roles);
    }

    /** The same as below, of an answer given as an option. */
    public int[] encodeAnswer(String text) {
        return encodeAnswer(text, WordPlaces.OPTIONS);
    }

    /**
     * Token ids of an answer given as text: as it stands, without special tokens or a leading space.
     *
     * @param places where it comes from, for errors
     * @throws InputException if the text is empty, holds a special token or is not Unicode
     */
    public int[] encodeAnswer(String text, WordPlaces places) {
        Objects.requireNonNull(text, "text");
        if (text.isEmpty()) {
            throw new InputException(places.answer(), "is empty", "the answer to trace", "Give the answer's text");
        }
        UserText.requireUnicode(places.answer(), text);
        refuseSpecials(places.answer(), text);
        return tokenizer.encode(text).ids();
    }

    private PromptText render(String text) {
        List<Map<String, Object>> messages = new ArrayList<>();
        system.ifPresent(words -> messages.add(Map.of("role", "system", "content", List.of(part(words)))));
        messages.add(Map.of("role", "user", "content", List.of(Map.of("type", "image"), part(text))));
        String rendered = template.render(messages, true, Map.of());
        return rules.encodesBegin() ? new PromptText(rendered, rendered) : PromptText.of(rendered, begin, image);
    }

    private static Map<String, String> part(String text) {
        return Map.of("type", "text", "text", text);
    }

    /**
     * The prompt's spans in code points. The template may strip white space at both ends.
     *
     * @param inserted how many code points are put in before the user's text
     */
    private List<Span> place(Prompt prompt, String rendered, int inserted) {
        int room = rendered.length() - before.length() - after.length();
        if (room < 0 || !rendered.startsWith(before) || !rendered.endsWith(after)) {
            throw unusable("writes other words around this text than around another");
        }
        String inner = rendered.substring(before.length(), before.length() + room);
        int dropped = prompt.text().startsWith(inner) ? 0 : PythonText.firstNonSpace(prompt.text());
        boolean rest = prompt.text().startsWith(inner, dropped)
                && PythonText.strip(prompt.text()).equals(PythonText.strip(inner));
        if (!rest) {
            throw unusable("changes the user's text");
        }
        int first = before.codePointCount(0, before.length()) + inserted;
        int shift = first - prompt.text().codePointCount(0, dropped);
        int last = first + inner.codePointCount(0, inner.length());
        List<Span> spans = new ArrayList<>();
        for (Span span : prompt.spans()) {
            int start = Math.max(first, span.start() + shift);
            int end = Math.min(last, span.end() + shift);
            if (start < end) {
                spans.add(new Span(start, end, span.role()));
            }
        }
        return spans;
    }

    private void refuseSpecials(Prompt prompt, WordPlaces places) {
        for (Span span : prompt.spans()) {
            String words = prompt.text()
                    .substring(
                            prompt.text().offsetByCodePoints(0, span.start()),
                            prompt.text().offsetByCodePoints(0, span.end()));
            refuseSpecials(span.role() == TokenRole.CHOICES ? places.choice() : places.question(), words);
        }
        refuseSpecials(places.question(), prompt.text()); // one that only the joined words spell
    }

    private void refuseSpecials(String place, String text) {
        // The picture's and the begin token are what they are even where the tokeniser does not call them special.
        refuse(place, text, image, "which stands for the picture");
        refuse(place, text, begin, "which begins a text");
        for (String special : tokenizer.specialTokens()) {
            refuse(place, text, special, "which the tokeniser reads as a special token");
        }
    }

    private static void refuse(String place, String text, String token, String meaning) {
        if (text.contains(token)) {
            throw new InputException(place, "holds '" + token + "', " + meaning, "plain text", "Remove or reword it");
        }
    }

    private int images(int[] ids) {
        int images = 0;
        for (int id : ids) {
            images += id == imageTokenId ? 1 : 0;
        }
        return images;
    }

    private InputException unusable(String what) {
        return new InputException(
                template.file().toString(),
                "the chat template " + what,
                "one image token, then the text as it is, once",
                "Take the chat template of a " + rules.published() + " checkpoint");
    }
}
