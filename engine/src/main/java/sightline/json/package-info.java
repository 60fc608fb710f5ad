/** JSON files of strangers, read strictly, with errors that name the place. */
package sightline.json;
