"""WordprocessingML (ECMA-376, ISO/IEC 29500) into HTML: what the DOCX importer is made of."""
