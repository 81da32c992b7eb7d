/** What the fuzz tests share. Each test is in the package of its parsers. */
@org.jspecify.annotations.NullMarked
package hoopoe.prove.fuzz;
