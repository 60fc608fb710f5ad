/**
 * From a question to token ids with roles: prompt format, chat template, tokeniser.
 *
 * <p>The way through: {@link sightline.text.PromptFormat} fills in the user's words and remembers which are whose; {@link
 * sightline.text.ChatTemplate} renders the checkpoint's own template around them; {@link sightline.text.LlamaTokenizer}
 * turns the result into ids; {@link sightline.text.PromptEncoder} does all three and gives every token one {@link
 * sightline.text.TokenRole}.
 *
 * <p>Knows neither pictures nor tensors nor the model, and never touches the network.
 */
package sightline.text;
