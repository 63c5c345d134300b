"""Honours: whom and what the city honours and remembers.

Honorary citizenships and prizes with each step to the award and what became of the person
afterwards; the memorials it put up; the events it commemorates, and their anniversaries.
"""
