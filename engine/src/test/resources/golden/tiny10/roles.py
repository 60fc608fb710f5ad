"""Reference numbers for every named pathway: `transformers` with its attention masks replaced layer by layer.

Writes roles.json beside this file: probabilities of case CASE of the golden checkpoint tiny10, by row reading, masking,
pathway, answer token and layer (k = 3, T = 0.6). Before that it holds itself against the published pathways' numbers in
expected.safetensors. Usage: python roles.py GOLDEN_FOLDER OUT    (torch, transformers 4.51.2, eager, float32, CPU)
"""
import json, sys
from pathlib import Path
import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import AutoProcessor, MllamaForConditionalGeneration

CASE, K, T = 6, 3, 0.6
COMBINATIONS = [("paper", "paper"), ("transformers", "zero")]
torch.set_num_threads(1)
golden, out = Path(sys.argv[1]), Path(sys.argv[2])
folder = golden / "tiny10"
case = json.loads((folder / "cases.json").read_text())["cases"][CASE]
expected = load_file(folder / "expected.safetensors")
model = MllamaForConditionalGeneration.from_pretrained(folder / "checkpoint", attn_implementation="eager",
                                                       torch_dtype=torch.float32).eval()
processor = AutoProcessor.from_pretrained(folder / "checkpoint")
tokenizer = processor.tokenizer
picture = Image.open(golden / "images" / case["image"]).convert("RGB")
first = processor(images=picture, text=case["rendered"], add_special_tokens=False, return_tensors="pt")
assert first["input_ids"][0].tolist() == case["input_ids"]
P, answer = len(case["input_ids"]), case["answer_tokens"]
text_config = model.config.text_config
L, CROSS = text_config.num_hidden_layers, set(text_config.cross_attention_layers)

# Roles: the wording's parts by their places in the rendered text; the part that most of a token's characters lie in.
rendered, text = case["rendered"], case["text"]
roles = ["template"] * len(rendered)
start = rendered.index(text)
roles[start:start + len(text)] = ["instruction"] * len(text)
def paint(words, role, after):
    at = text.index(words, after)
    roles[start + at:start + at + len(words)] = [role] * len(words)
    return at + len(words)
end = paint(case["question"], "question_text", text.index("Question: "))
choices = [case[f"choice{i}"] for i in range(4)]
first_choice = text.index(choices[0], end)
last_choice = text.index(choices[3], first_choice) + len(choices[3])
roles[start + first_choice:start + last_choice] = ["choices"] * (last_choice - first_choice)
offsets = tokenizer(rendered, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
def role(i):
    if case["input_ids"][i] == model.config.image_token_index:
        return "image_token"
    a, b = offsets[i]
    if a > 0 and rendered[a - 1] == " " and (i == 0 or offsets[i - 1][1] <= a - 1):
        a -= 1  # a leading space that the offsets leave out
    votes = {}
    for name in roles[a:b]:
        votes[name] = votes.get(name, 0) + 1
    best = max(votes.values())
    return [n for n in roles[a:b] if votes[n] == best][-1]
token_roles = [role(i) for i in range(P)]

def members(name, S):
    last = S - 1
    if name == "last": return {last}
    if name == "question": return set(range(last))
    return {i for i in range(last) if (token_roles[i] if i < P else "answer") == name}

SETS = ["last", "question", "question_text", "choices", "instruction", "template", "image_token", "answer"]
PATHWAYS = [(s, t) for t in SETS for s in ["image"] + SETS if not (s == "last" and t != "last")]

state = {}  # what the hooks put in place: cut layers, sources, targets, masking, rows
MIN = torch.finfo(torch.float32).min
def before_layer(index):
    def hook(module, args, kwargs):
        cut = index in state["layers"]
        S = state["S"]
        if index in CROSS:
            mask, factor = kwargs["cross_attention_mask"].clone(), kwargs["full_text_row_masked_out_mask"].clone()
            unseen = [r for r in range(S) if factor[0, 0, r, 0] == 0]
            if state["rows"] == "paper":
                for r in unseen:
                    mask[0, :, r] = MIN
                factor = torch.ones_like(factor)
            state["zero"] = []
            if cut:
                for r in state["targets"]:
                    mask[0, :, r] = MIN  # every vision token: uniform under paper
                    if state["masking"] == "zero":
                        state["zero"].append(r)
            kwargs["cross_attention_mask"], kwargs["full_text_row_masked_out_mask"] = mask, factor
        else:
            mask = torch.full((1, 1, S, S), float("-inf")).triu(1)
            state["zero"] = []
            if cut:
                for r in state["targets"]:
                    blocked = [s for s in state["sources"] if s <= r]
                    if len(blocked) == r + 1:
                        mask[0, 0, r, :r + 1] = MIN
                        if state["masking"] == "zero":
                            state["zero"].append(r)
                    else:
                        mask[0, 0, r, blocked] = float("-inf")
            kwargs["attention_mask"] = mask
        return args, kwargs
    return hook
def before_output(module, args):
    x = args[0].clone()
    for r in state["zero"]:
        x[0, r] = 0
    return (x,) + args[1:]
for i, layer in enumerate(model.language_model.model.layers):
    layer.register_forward_pre_hook(before_layer(i), with_kwargs=True)
    (layer.cross_attn if i in CROSS else layer.self_attn).o_proj.register_forward_pre_hook(before_output)

with torch.no_grad():
    vision = model.vision_model(pixel_values=first["pixel_values"], aspect_ratio_ids=first["aspect_ratio_ids"],
                                aspect_ratio_mask=first["aspect_ratio_mask"])[0]
    states = model.multi_modal_projector(vision).reshape(-1, vision.shape[-2], text_config.hidden_size)
def probability(token, rows, layers=(), sources=(), targets=(), masking="paper"):
    S = P + token
    state.update(S=S, rows=rows, layers=set(layers), sources=sources, targets=targets, masking=masking, zero=[])
    ids = torch.tensor([case["input_ids"] + answer[:token]])
    cross = first["cross_attention_mask"]
    cross = torch.cat([cross] + [cross[:, -1:]] * token, dim=1)
    from transformers.models.mllama.modeling_mllama import _prepare_cross_attention_mask
    tokens = vision.shape[-2]
    mask, factor = _prepare_cross_attention_mask(cross, num_vision_tokens=tokens, dtype=torch.float32)
    with torch.no_grad():
        y = model.language_model(input_ids=ids, cross_attention_states=states.reshape(1, -1, states.shape[-1]),
                                 cross_attention_mask=mask, full_text_row_masked_out_mask=factor, use_cache=False)
    logits = y.logits[0, -1].double()
    return torch.softmax(logits / T, 0)[answer[token]].item()

def window(layer, kind):
    half = K // 2
    return [i for i in range(max(0, layer - half), min(L - 1, layer + half) + 1) if (i in CROSS) == kind]

def sweep(rows, masking, source, target):
    values = []
    for token in range(len(answer)):
        S, row, known = P + token, [], {}
        sources = list(range(0)) if source == "image" else sorted(members(source, S))
        targets = sorted(members(target, S))
        for layer in range(L):
            layers = tuple(window(layer, source == "image"))
            if layers not in known:
                known[layers] = probability(token, rows, layers, sources, targets, masking)
            row.append(known[layers])
        values.append(row)
    return values

worst = 0
result = {"about": f"tiny10, case {CASE}: probability of each answer token and layer under every named pathway; k = {K}, "
                   f"T = {T}; made by roles.py with transformers 4.51.2", "case": CASE, "k": K, "roles": token_roles,
          "sweeps": []}
for rows, masking in COMBINATIONS:
    for token in range(len(answer)):
        base = probability(token, rows)
        worst = max(worst, abs(base / expected[f"case{CASE}.baseline.{rows}.{masking}"][token].item() - 1))
    for source, target in PATHWAYS:
        name = f"{source}_to_{target}"
        values = sweep(rows, masking, source, target)
        result["sweeps"].append({"rows": rows, "masking": masking, "pathway": name, "probability": values})
        known = expected.get(f"case{CASE}.sweep.{rows}.{masking}.{name}.k{K}")
        if known is not None:
            worst = max(worst, (torch.tensor(values).double() / known.double() - 1).abs().max().item())
            print(rows, masking, name, "against the published pathways' numbers:", worst, flush=True)
result["baselines"] = {rows: [probability(t, rows) for t in range(len(answer))] for rows in ("paper", "transformers")}
assert worst < 1e-4, worst
out.write_text(json.dumps(result).replace("}, {", "},\n {") + "\n")
print("worst", worst, "pathways", len(PATHWAYS), out.stat().st_size)
