"""Drawing shared by windows, pictures and documents: colours, fonts, icons, marks, chips, bars."""
