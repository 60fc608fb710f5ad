"""Shows that the demo's checkpoint loads and answers alike in Hugging Face transformers.

    pip install torch==2.6.0 transformers==4.51.2 pillow
    mvn -q -pl demo -am test -Dtest=DemoQuestionsForTransformers -Dsurefire.failIfNoSpecifiedTests=false \\
        -Dsightline.checkpoint=CHECKPOINT -Dsightline.asked=DIR -Dsightline.questions=100
    python docs/demo-transformers.py CHECKPOINT DIR/asked.json

CHECKPOINT is a folder that `sightline train-demo` wrote, or the one that `sightline demo` unpacks. asked.json is a list of
{"image": FILE, "prompt_ids": [...], "answer_ids": [...], "logits": [...]}: what the engine read, said greedily, and the
logits behind the last prompt token. For each entry the reference answers by itself from the same picture and ids; the
script prints the largest difference of the logits and exits with 1 if an answer differs, or a logit by 1e-3 or more.
"""

import json
import math
import sys

import torch
from PIL import Image
from transformers import MllamaForConditionalGeneration, MllamaImageProcessor

folder, asked = sys.argv[1:]
model = MllamaForConditionalGeneration.from_pretrained(
    folder, torch_dtype=torch.float32, attn_implementation="eager"
).eval()
processor = MllamaImageProcessor.from_pretrained(folder)
tiles = model.config.vision_config.max_num_tiles
largest, different = 0.0, 0
entries = json.load(open(asked))
for entry in entries:
    picture = processor([[Image.open(entry["image"]).convert("RGB")]], return_tensors="pt")
    ids = torch.tensor([entry["prompt_ids"]])
    seen = (torch.cumsum((ids == model.config.image_token_index).long(), 1) > 0).long()
    real = picture["aspect_ratio_mask"].reshape(1, 1, 1, tiles).float()
    # rows before the image token see no picture; all others see its real tiles
    mask = seen.reshape(1, -1, 1, 1) * real[:, 0]

    answer = []
    with torch.no_grad():
        while len(answer) < 25:
            now = torch.cat([ids, torch.tensor([answer], dtype=torch.long)], 1)
            more = torch.cat([mask, mask[:, -1:].expand(-1, len(answer), -1, -1)], 1)
            out = model(
                input_ids=now,
                attention_mask=torch.ones_like(now),
                pixel_values=picture["pixel_values"],
                aspect_ratio_ids=picture["aspect_ratio_ids"],
                aspect_ratio_mask=picture["aspect_ratio_mask"],
                cross_attention_mask=more,
                use_cache=False,
            )
            last = out.logits[0, -1]
            if not answer:
                difference = (last - torch.tensor(entry["logits"])).abs().max().item()
                largest = max(largest, difference if math.isfinite(difference) else math.inf)
            token = int(last.argmax())
            if token in model.generation_config.eos_token_id:
                break
            answer.append(token)
    if answer != entry["answer_ids"]:
        different += 1
        print("differs:", entry["image"], answer, entry["answer_ids"])

print(f"{len(entries)} questions, {different} answers differ, logits differ by at most {largest:.2e}")
sys.exit(0 if entries and not different and largest < 1e-3 else 1)
