"""Makes this folder's checkpoint and reference numbers with torch and transformers 4.51.2, Pillow 11.1.0 (CPU, eager, float32).

    python make.py

Sizes and epsilons that the other reference checkpoints lack: three query heads a key head, six tiles, cross-attention in
layer 0, epsilons other than 1e-5, weights in float32, a prompt longer than the unscaled context, even window sizes.
Knockout is made by adding the most negative number to scores (masking paper) or dropping attention outputs (zero).
"""

import hashlib
import json
import shutil
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file
from transformers import AutoProcessor, MllamaConfig, MllamaForConditionalGeneration

HERE = Path(__file__).parent
TINY10 = HERE.parent / "tiny10" / "checkpoint"
CHECKPOINT = HERE / "checkpoint"
TILES, SIDE, SEED = 6, 42, 8
PATHWAYS = ["last_to_last", "question_to_last", "image_to_last", "image_to_question"]
SIZES, TEMPERATURE = [2, 3], 0.6
READINGS = {"transformers": ["zero"], "meta": ["paper"], "paper": ["paper", "zero"]}  # the maskings of each
LEAST = torch.finfo(torch.float32).min
LONG = " ".join(f"Is object {i} a cup or a plate?" for i in range(4))
CASES = [
    ("tall_40x150.png", "What colour is it?", 2),
    ("wide_100x48.png", LONG, 1),
]


@torch.no_grad()
def make_checkpoint():
    torch.manual_seed(SEED)
    config = json.loads((TINY10 / "config.json").read_text())
    config["text_config"].update(
        hidden_size=48, num_attention_heads=6, num_key_value_heads=2, intermediate_size=70, num_hidden_layers=7,
        cross_attention_layers=[0, 2, 5], rms_norm_eps=3e-4, rope_theta=777.0,
        rope_scaling=dict(rope_type="llama3", factor=4.0, low_freq_factor=1.5, high_freq_factor=3.5,
                          original_max_position_embeddings=64))
    config["vision_config"].update(
        hidden_size=36, attention_heads=3, intermediate_size=50, num_hidden_layers=5, num_global_layers=2,
        intermediate_layers_indices=[0, 2, 3], vision_output_dim=144, norm_eps=2e-2, image_size=SIDE,
        max_num_tiles=TILES,
        supported_aspect_ratios=[[r, c] for r in range(1, TILES + 1) for c in range(1, TILES + 1) if r * c <= TILES])
    model = MllamaForConditionalGeneration(MllamaConfig(**config)).float().eval()
    for name, weight in model.named_parameters():
        spread = torch.randn_like(weight)
        if "gate" in name and weight.numel() == 1:
            weight.copy_(torch.empty(1).uniform_(0.4, 1.2) * (1 if torch.rand(1) > 0.5 else -1))
        elif "norm" in name and name.endswith("weight"):
            weight.copy_(1 + 0.2 * spread)
        elif name.endswith("bias"):
            weight.copy_(0.2 * spread)
        elif "embed" in name:
            weight.copy_(0.5 * spread)
        else:
            weight.copy_(spread * 1.4 / weight[0].numel() ** 0.5)
    model.save_pretrained(CHECKPOINT)
    for file in ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.json",
                 "generation_config.json"]:
        shutil.copyfile(TINY10 / file, CHECKPOINT / file)
    images = json.loads((TINY10 / "preprocessor_config.json").read_text())
    images.update(max_image_tiles=TILES, size=dict(height=SIDE, width=SIDE))
    (CHECKPOINT / "preprocessor_config.json").write_text(json.dumps(images, indent=2))


class Edited:
    """The model under a row reading and, per layer, cut rows: {row: columns}, None for all columns."""

    def __init__(self, model, image):
        self.layers, self.image = model.language_model.model.layers, image
        self.cross = set(model.config.text_config.cross_attention_layers)
        self.rows, self.masking, self.cut = "transformers", "paper", {}
        for number, layer in enumerate(self.layers):
            attention = layer.cross_attn if number in self.cross else layer.self_attn
            attention.register_forward_pre_hook(self.scores(number), with_kwargs=True)
            attention.o_proj.register_forward_pre_hook(self.output(number))
            if number in self.cross:
                layer.register_forward_pre_hook(self.mlp, with_kwargs=True)

    def scores(self, number):
        def hook(_, args, named):
            if number in self.cross:
                mask = named["attention_mask"].clone()
                if self.rows == "paper":
                    mask[:, :, : self.image] = LEAST
            else:
                length = named["hidden_states"].shape[1]
                mask = torch.full((1, 1, length, length), LEAST).triu(1)
            for row, columns in self.cut.get(number, {}).items():
                mask[:, :, row, slice(None) if columns is None else columns] = LEAST
            return args, {**named, "attention_mask": mask}
        return hook

    def output(self, number):
        def hook(_, args):
            out = args[0].clone()
            if number in self.cross and self.rows == "meta":
                out[:, : self.image] = 0
            for row, columns in self.cut.get(number, {}).items():
                if self.masking == "zero" and (columns is None or len(columns) == row + 1):
                    out[:, row] = 0
            return (out,)
        return hook

    def mlp(self, _, args, named):
        return args, {**named, "full_text_row_masked_out_mask": None} if self.rows == "paper" else named


def cuts(pathway, k, centre, last, count, cross):
    window = range(max(0, centre - k // 2), min(count - 1, centre + k // 2) + 1)
    if pathway.startswith("image"):
        rows = [last] if pathway == "image_to_last" else range(last)
        return {layer: dict.fromkeys(rows) for layer in window if layer in cross}
    columns = [last] if pathway == "last_to_last" else list(range(last))
    return {layer: {last: columns} for layer in window if layer not in cross}


@torch.no_grad()
def main():
    torch.set_num_threads(1)
    make_checkpoint()
    processor = AutoProcessor.from_pretrained(CHECKPOINT)
    cases, tensors = [], {}
    for number, (file, question, most) in enumerate(CASES):
        model = MllamaForConditionalGeneration.from_pretrained(
            CHECKPOINT, torch_dtype=torch.float32, attn_implementation="eager").eval()
        content = [dict(type="image"), dict(type="text", text=question)]
        rendered = processor.apply_chat_template([dict(role="user", content=content)], add_generation_prompt=True)
        x = processor(images=Image.open(HERE.parent / "images" / file), text=rendered, add_special_tokens=False,
                      return_tensors="pt")
        ids, count = x["input_ids"][0].tolist(), model.config.text_config.num_hidden_layers
        edited = Edited(model, ids.index(model.config.image_token_index))
        vision = model.vision_model(pixel_values=x["pixel_values"], aspect_ratio_ids=x["aspect_ratio_ids"],
                                    aspect_ratio_mask=x["aspect_ratio_mask"]).last_hidden_state
        seen = model.multi_modal_projector(vision).reshape(-1, vision.shape[-2], 48)
        last_output = {}
        edited.layers[-1].register_forward_hook(lambda _, args, out: last_output.update(state=out[0]))

        def run(tokens, rows="transformers", masking="paper", cut=None, hidden=False):
            edited.rows, edited.masking, edited.cut = rows, masking, cut or {}
            mask = x["cross_attention_mask"]
            mask = torch.cat([mask, mask[:, -1:].expand(-1, len(tokens) - len(ids), -1, -1)], 1)
            return model(input_ids=torch.tensor([tokens]), cross_attention_states=seen, cross_attention_mask=mask,
                         use_cache=False, output_hidden_states=hidden)

        greedy = []
        for _ in range(6):
            greedy.append(run(ids + greedy).logits[0, -1].argmax().item())
        answer = greedy[:most]
        name = f"case{number}."
        if number == 0:
            tensors[name + "vision"] = vision[0, 0].clone()
            tensors[name + "projected"] = seen.clone()

        def probabilities(**edit):
            rows = []
            for i, token in enumerate(answer):
                logits = run(ids + answer[:i], **{**edit, "cut": edit["cut"](len(ids) + i - 1)}).logits[0, -1]
                rows.append(torch.softmax(logits / TEMPERATURE, -1)[token])
            return torch.stack(rows)

        for rows, maskings in READINGS.items():
            out = run(ids, rows=rows, hidden=True)
            tensors[f"{name}logits.{rows}"] = out.logits[0, -1].clone()
            if rows != "meta":
                states = [state[0] for state in out.hidden_states[:count]] + [last_output["state"][0]]
                tensors[f"{name}hidden.{rows}"] = torch.stack(states)
            for masking in maskings:
                of = f"{rows}.{masking}"
                tensors[f"{name}baseline.{of}"] = probabilities(rows=rows, cut=lambda last: {})
                for pathway in PATHWAYS:
                    for k in SIZES:
                        tensors[f"{name}sweep.{of}.{pathway}.k{k}"] = torch.stack([
                            probabilities(rows=rows, masking=masking,
                                          cut=lambda last: cuts(pathway, k, centre, last, count, edited.cross))
                            for centre in range(count)], 1)
        pixels = x["pixel_values"].numpy().astype("<f4").tobytes()
        cases.append(dict(
            image=file, prompt="plain", question=question, max=most, rendered=rendered, input_ids=ids, greedy=greedy,
            answer_tokens=answer, aspect_ratio_ids=x["aspect_ratio_ids"][0].tolist(),
            tiles_seen=int(x["aspect_ratio_mask"].sum()), pixel_values_sha256=hashlib.sha256(pixels).hexdigest()))
    save_file(tensors, HERE / "expected.safetensors")
    (HERE / "cases.json").write_text(json.dumps(dict(
        k=SIZES, temperature=TEMPERATURE, combinations=[[r, m] for r, maskings in READINGS.items() for m in maskings], published=False,
        cases=cases), indent=1))


if __name__ == "__main__":
    main()
