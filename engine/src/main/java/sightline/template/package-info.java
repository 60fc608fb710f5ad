/**
 * Renders a checkpoint's chat template as Jinja2 3.1 does in its immutable sandbox, or refuses it.
 *
 * <p>The way through: {@link sightline.template.Lexer} settles white space and cuts the source into tokens; two parsers
 * make {@link sightline.template.Statement}s and {@link sightline.template.Expr}essions of them; {@link
 * sightline.template.Scoping} finds out which name means what, as Jinja2 does when it compiles; {@link
 * sightline.template.Interpreter} and {@link sightline.template.Evaluator} run them on Python's values.
 *
 * <p>{@link sightline.template.Constructs} lists what is allowed. A construct gets in with a test whose expected value
 * Jinja2 gave; everything else is refused by its name and line. Knows no other package, no file and no clock.
 */
package sightline.template;
