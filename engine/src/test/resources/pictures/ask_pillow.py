"""Writes many.json: what Pillow 11.1.0 reads from each picture in many.zip; empty where it ends with an error."""
import hashlib, json, pathlib, tempfile, zipfile
from PIL import Image, __version__

HERE = pathlib.Path(__file__).parent
assert __version__ == "11.1.0", __version__


def read(path):
    try:
        with Image.open(path) as picture:  # by name, as pictures are read: from memory some come out otherwise
            rgb = picture.convert("RGB")
    except Exception:
        return ""
    return f"{rgb.width}x{rgb.height} {hashlib.sha256(rgb.tobytes()).hexdigest()}"


with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(HERE / "many.zip") as pictures:
    pictures.extractall(folder)
    many = {name: read(pathlib.Path(folder, name)) for name in sorted(pictures.namelist())}
(HERE / "many.json").write_text(json.dumps(many, indent=0) + "\n")
