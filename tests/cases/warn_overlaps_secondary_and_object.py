# secondary and an association object over one table
# warning: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Student(Base):
    __tablename__ = "student"
    id = Column(Integer, primary_key=True)
    courses = relationship("Course", secondary="enrolment")
    enrolments = relationship("Enrolment")
#                ^^^^^^^^^^^^ warning[overlaps]


class Course(Base):
    __tablename__ = "course"
    id = Column(Integer, primary_key=True)


class Enrolment(Base):
    __tablename__ = "enrolment"
    student_id = Column(ForeignKey("student.id"), primary_key=True)
    course_id = Column(ForeignKey("course.id"), primary_key=True)
