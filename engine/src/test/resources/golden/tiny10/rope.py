"""Makes rope.json: tiny10's logits under other scalings of the rotary embeddings (transformers 4.51.2, CPU, eager, float32).

    python rope.py
"""

import json
from pathlib import Path

import torch
from PIL import Image
from transformers import AutoProcessor, MllamaConfig, MllamaForConditionalGeneration

HERE = Path(__file__).parent
CHECKPOINT = HERE / "checkpoint"
CASE = 0
SCALINGS = [
    dict(rope_type="default"),
    dict(rope_type="linear", factor=3.0),
]


@torch.no_grad()
def logits(scaling, case):
    config = json.loads((CHECKPOINT / "config.json").read_text())
    if scaling is not None:
        config["text_config"]["rope_scaling"] = scaling
    model = MllamaForConditionalGeneration.from_pretrained(
        CHECKPOINT, config=MllamaConfig(**config), torch_dtype=torch.float32, attn_implementation="eager").eval()
    processor = AutoProcessor.from_pretrained(CHECKPOINT)
    x = processor(images=Image.open(HERE.parent / "images" / case["image"]), text=case["rendered"],
                  add_special_tokens=False, return_tensors="pt")
    assert x["input_ids"][0].tolist() == case["input_ids"]
    return model(**x).logits[0, -1]


def main():
    torch.set_num_threads(1)
    case = json.loads((HERE / "cases.json").read_text())["cases"][CASE]
    own = logits(None, case)
    found = []
    for scaling in SCALINGS:
        one = logits(scaling, case)
        print(scaling, "moves a logit by up to", (one - own).abs().max().item())
        found.append(dict(rope_scaling=scaling, logits=[float(f"{z:.9g}") for z in one.tolist()]))
    from safetensors.torch import load_file
    kept = load_file(HERE / "expected.safetensors")[f"case{CASE}.logits.transformers"]
    print("its own scaling differs from the reference's numbers by", (own - kept).abs().max().item())
    (HERE / "rope.json").write_text(json.dumps(dict(case=CASE, scalings=found)) + "\n")


if __name__ == "__main__":
    main()
