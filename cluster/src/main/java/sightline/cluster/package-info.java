/** Samples worked on by the executors of Apache Spark; the only package that knows it. */
package sightline.cluster;
