"""What changes a journal: forms note (`noting`), and forms and phones alike tell (`telling`), the one way to write."""
